package dev.shepherd.local.command;

/** Where {@code ./shepherd} ends up. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.out.println(arguments[0]);
  }
}
