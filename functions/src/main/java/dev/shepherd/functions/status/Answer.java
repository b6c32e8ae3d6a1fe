package dev.shepherd.functions.status;

import dev.shepherd.functions.aws.Json;
import java.nio.charset.StandardCharsets;

/**
 * What is answered, always within <a
 * href="https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html">Lambda's 6 MB</a>:
 * what is left out is counted, and those that need a look come before the others.
 */
final class Answer {
  /** What a custom widget's editor shows of it, as Markdown. */
  static final String PARAMETERS = """
      ## Shepherd's fleets
      What each fleet of collectors runs, what its rollout waits for, and what is not well.

      | parameter | what |
      |---|---|
      | `fleet` | only this one, `gateway` or `/collectors/gateway`; default all |
      | `format` | `html` (default here), `text` or `json` |

      ```yaml
      fleet: gateway
      ```
      """;

  /** Lambda's own limit, less what its envelope may take. */
  static final int MAX_BYTES = 5_500_000;

  /** More than anybody reads; JSON is for programs. */
  private static final int SHOWN_SERVICES = 25;

  private static final int SHOWN_FLEETS = 100;
  private static final int LISTED_SERVICES = 1_000;
  private static final int LISTED_FLEETS = 1_000;

  private Answer() {}

  static String to(StatusRequest request, StatusView view) {
    boolean json = request.format() == StatusRequest.Format.JSON;
    int fleets = Math.min(view.fleets().size(), json ? LISTED_FLEETS : SHOWN_FLEETS);
    int services = json ? LISTED_SERVICES : SHOWN_SERVICES;
    String answer = write(request, view.upTo(fleets, services));
    while (answer.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES && fleets > 1) {
      fleets = (fleets + 1) / 2;
      services = (services + 1) / 2;
      answer = write(request, view.upTo(fleets, services));
    }
    return answer;
  }

  /** Text and HTML are one JSON string: that is what a function's answer may be. */
  private static String write(StatusRequest request, StatusView view) {
    return Json.write(
        switch (request.format()) {
          case JSON -> StatusJson.of(view);
          case TEXT -> StatusTree.of(view, request.color());
          case HTML -> StatusHtml.of(view, request.theme());
        });
  }
}
