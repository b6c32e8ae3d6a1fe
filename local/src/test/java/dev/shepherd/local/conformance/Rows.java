package dev.shepherd.local.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All rows, and the pages of AWS that they name. A method that adds rows is a table, and as long as
 * it has rows.
 */
final class Rows {
  static final String DOCS = "https://docs.aws.amazon.com/";
  private static final String ECS = DOCS + "AmazonECS/latest/";

  private final String area;
  private final String api;
  private final List<Row> rows = new ArrayList<>();

  private Rows(String area, String api) {
    this.area = area;
    this.api = api;
  }

  static Rows ecs(String part) {
    return new Rows("ECS: " + part, ECS + "APIReference/API_");
  }

  static Rows ssm(String part) {
    return new Rows("Parameter Store: " + part, DOCS + "systems-manager/latest/APIReference/API_");
  }

  static Rows cloudMap(String part) {
    return new Rows("Cloud Map: " + part, DOCS + "cloud-map/latest/api/API_");
  }

  static Rows events(String part) {
    return new Rows("EventBridge: " + part, DOCS + "eventbridge/latest/APIReference/API_");
  }

  /** {@code source} is an operation's name, or a whole address. */
  Rows row(String source, String name, Row.Check check) {
    String page = source.startsWith("https:") ? source : api + source + ".html";
    rows.add(new Row(area, name, page, check, Optional.empty()));
    return this;
  }

  /** A page of ECS's guide, by its name. */
  static String guide(String page) {
    return ECS + "developerguide/" + page + ".html";
  }

  /** Of the row before. */
  Rows movesAway(String shown, String verdict) {
    rows.addLast(rows.removeLast().movesAway(shown, verdict));
    return this;
  }

  Stream<Row> stream() {
    return rows.stream();
  }

  static List<Row> all() {
    return Stream.of(
            EcsPageRows.rows(),
            EcsNameRows.rows(),
            EcsRegisterRows.rows(),
            EcsRevisionRows.rows(),
            EcsServiceRows.rows(),
            EcsServiceTaskRows.rows(),
            EcsDeploymentRows.rows(),
            EcsRunRows.rows(),
            EcsTaskRows.rows(),
            EcsStopRows.rows(),
            EcsTagRows.rows(),
            ParameterReadRows.rows(),
            ParameterListRows.rows(),
            ParameterWriteRows.rows(),
            ParameterLabelRows.rows(),
            ParameterTagRows.rows(),
            NamespaceRows.rows(),
            CloudMapServiceRows.rows(),
            InstanceRows.rows(),
            InstanceHealthRows.rows(),
            DiscoveryRows.rows(),
            EventRows.rows(),
            ParameterEventRows.rows(),
            BusRows.rows(),
            WireRows.rows())
        .flatMap(Rows::stream)
        .toList();
  }
}
