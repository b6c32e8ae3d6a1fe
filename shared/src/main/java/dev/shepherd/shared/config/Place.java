package dev.shepherd.shared.config;

/** A position in a text, both counted from 1; the column counts code points. */
public record Place(int line, int column) implements Comparable<Place> {
  /** The beginning of the text: where a finding about the whole stands. */
  public static final Place START = new Place(1, 1);

  public Place {
    if (line < 1 || column < 1) {
      throw new IllegalArgumentException(
          "line and column count from 1, got " + line + ":" + column);
    }
  }

  @Override
  public int compareTo(Place other) {
    return line != other.line
        ? Integer.compare(line, other.line)
        : Integer.compare(column, other.column);
  }
}
