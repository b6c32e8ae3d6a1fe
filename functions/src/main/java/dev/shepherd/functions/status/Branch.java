package dev.shepherd.functions.status;

import java.util.List;

/** A line of a tree and what hangs on it. */
record Branch(String line, List<Branch> children) {
  Branch {
    children = List.copyOf(children);
  }

  static Branch leaf(String line) {
    return new Branch(line, List.of());
  }

  /** Draws it, its children below it. */
  void draw(StringBuilder text) {
    text.append(line).append('\n');
    draw("", text);
  }

  private void draw(String indent, StringBuilder text) {
    for (int i = 0; i < children.size(); i++) {
      boolean last = i == children.size() - 1;
      Branch child = children.get(i);
      text.append(indent).append(last ? "└─ " : "├─ ").append(child.line).append('\n');
      child.draw(indent + (last ? "   " : "│  "), text);
    }
  }
}
