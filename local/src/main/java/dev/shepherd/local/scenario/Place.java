package dev.shepherd.local.scenario;

/** Where something stands in a scenario; lines and columns count from 1. */
public record Place(String file, int line, int column) {
  @Override
  public String toString() {
    return file + ":" + line + ":" + column;
  }
}
