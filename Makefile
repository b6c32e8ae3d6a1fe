# `sam build` calls build-<LogicalId> for each function of template.yaml, with ARTIFACTS_DIR set. One Maven
# run serves them all: the functions share one artifact, and ./shepherd builds it only when a source is newer.
# Build them one after the other (sam's default).
build-%:
	./shepherd package "$(ARTIFACTS_DIR)"
