package dev.shepherd.shared.fleet;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names of a fleet's parameters, all from one prefix. Shepherd's own stand below
 * {@code /shepherd} and so outside the prefix: its writes raise no event for itself.
 *
 * @param configPrefix where operators put configs, with a slash at both ends; not {@code /} and not
 *     below {@code /shepherd/}
 */
public record ParameterNames(String configPrefix) {
  private static final String OWN = "/shepherd";
  private static final Pattern SNAPSHOT = Pattern.compile("(.+)/revisions/([0-9a-f]{12})");
  private static final String CURRENT = "/current";

  public ParameterNames {
    if (!configPrefix.matches("/([A-Za-z0-9_.-]+/)+") || configPrefix.startsWith(OWN + "/")) {
      throw new IllegalArgumentException(
          "the config prefix is like /collectors/ and not below /shepherd/, got '" + configPrefix
              + "'");
    }
  }

  /** The parameter that the operator edits. */
  public String source(FleetName fleet) {
    return configPrefix + fleet;
  }

  /** The immutable copy of one accepted text. */
  public String snapshot(FleetName fleet, ConfigHash hash) {
    return snapshots(fleet) + hash;
  }

  /** What the names of all of a fleet's snapshots begin with, with a slash at the end. */
  public String snapshots(FleetName fleet) {
    return own(fleet) + "/revisions/";
  }

  /** Holds the name of the live snapshot. */
  public String live(FleetName fleet) {
    return own(fleet) + "/live";
  }

  /** Holds the text of the live config. */
  public String current(FleetName fleet) {
    return own(fleet) + CURRENT;
  }

  /** Holds what the rollout has to remember. */
  public String state(FleetName fleet) {
    return own(fleet) + "/state";
  }

  /** Holds what replacing collectors has to remember. */
  public String replacements(FleetName fleet) {
    return own(fleet) + "/replacements";
  }

  /** Holds what registration has seen and waits to see again. */
  public String registrations(FleetName fleet) {
    return own(fleet) + "/registrations";
  }

  /** The fleet whose source this is; empty for a foreign parameter, or a name that is none. */
  public Optional<FleetName> fleetOfSource(String name) {
    return name.startsWith(configPrefix)
        ? FleetName.of(name.substring(configPrefix.length()))
        : Optional.empty();
  }

  /**
   * What a parameter's name stands for as the source of a secret; empty when it is not a config.
   */
  public Optional<ConfigReference> reference(String name) {
    Optional<FleetName> source = fleetOfSource(name);
    if (source.isPresent()) {
      return source.map(ConfigReference.ByName::new);
    }
    String ownPrefix = OWN + configPrefix;
    if (!name.startsWith(ownPrefix)) {
      return Optional.empty();
    }
    String rest = name.substring(ownPrefix.length());
    Matcher snapshot = SNAPSHOT.matcher(rest);
    if (snapshot.matches()) {
      ConfigHash hash = new ConfigHash(snapshot.group(2));
      return FleetName.of(snapshot.group(1)).map(fleet -> new ConfigReference.Pinned(fleet, hash));
    }
    return rest.endsWith(CURRENT)
        ? FleetName.of(rest.substring(0, rest.length() - CURRENT.length()))
            .map(ConfigReference.Current::new)
        : Optional.empty();
  }

  private String own(FleetName fleet) {
    return OWN + configPrefix + fleet;
  }
}
