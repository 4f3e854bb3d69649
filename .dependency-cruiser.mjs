/** The import law (ARCHITECTURE.md): each rule's comment tells an offender what to do instead. */
const ours = "^(cmd|ingest|rules|catalogs|reports|test)/";

export default {
  forbidden: [
    {
      name: "no-cycles",
      comment: "Two files that need each other are one idea or three: move the shared part to a file of its own.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "catalogs-is-a-leaf",
      comment: "catalogs/ describes what vendors say and knows nothing else: pass what it needs as an argument.",
      severity: "error",
      from: { path: "^catalogs/" },
      to: { path: ours, pathNot: "^catalogs/" },
    },
    {
      name: "ingest-is-a-leaf",
      comment: "ingest/ turns bytes into flows and knows no vendor and no site: pass a FlowSelection instead.",
      severity: "error",
      from: { path: "^ingest/" },
      to: { path: ours, pathNot: "^ingest/" },
    },
    {
      name: "rules-join-the-leaves",
      comment:
        "rules/ may see catalogs/ and the flow side of ingest/; parsing and reading belong to ingest/, printing to reports/.",
      severity: "error",
      from: { path: "^rules/" },
      to: {
        path: ours,
        pathNot:
          "^(rules/|catalogs/|ingest/(flows/(flow|flows|flow-selection)|address|prefix-index|protocols|record|speech|virtual-domain)\\.ts$)",
      },
    },
    {
      name: "reports-see-only-the-result",
      comment: "reports/ renders an AuditResult and nothing else: put what is missing into rules/result.ts.",
      severity: "error",
      from: { path: "^reports/" },
      to: { path: ours, pathNot: "^(reports/|rules/result\\.ts$)" },
    },
    {
      name: "reports-import-only-types",
      comment: "A report must render a saved result without our rules: use `import type` for rules/result.ts.",
      severity: "error",
      from: { path: "^reports/" },
      to: { path: "^rules/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "formats-do-not-know-each-other",
      comment: "A log format stands alone: move what two formats share into ingest/.",
      severity: "error",
      from: { path: "^ingest/formats/([^/]+)\\.ts$" },
      to: { path: "^ingest/formats/", pathNot: "^ingest/formats/$1\\.ts$" },
    },
    {
      name: "checks-do-not-know-each-other",
      comment: "A check stands alone: move what two checks share into rules/.",
      severity: "error",
      from: { path: "^rules/checks/([^/]+)\\.ts$" },
      to: { path: "^rules/checks/", pathNot: "^rules/checks/$1\\.ts$" },
    },
    {
      name: "nobody-imports-tests",
      comment: "test/ is for proving, not for using: move what the program needs out of it.",
      severity: "error",
      from: { pathNot: "^test/" },
      to: { path: "^test/" },
    },
    {
      name: "no-orphans",
      comment: "Nothing imports this file: delete it, or register it.",
      severity: "error",
      from: { orphan: true, pathNot: "^(test/|cmd/main\\.ts$)" },
      to: {},
    },
    {
      name: "no-undeclared-packages",
      comment: "Declare the package in package.json, as a dependency if the program itself needs it.",
      severity: "error",
      from: {},
      to: { dependencyTypes: ["npm-no-pkg", "npm-unknown", "unknown", "undetermined"] },
    },
    {
      name: "program-needs-no-dev-packages",
      comment: "Users do not have dev dependencies: move the package to dependencies.",
      severity: "error",
      from: { pathNot: "^test/" },
      to: { dependencyTypes: ["npm-dev"], pathNot: "@types/" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    parser: "swc",
    enhancedResolveOptions: {
      extensions: [".ts", ".tsx", ".js", ".json"],
      conditionNames: ["node", "import", "types", "default"],
      exportsFields: ["exports"],
    },
  },
};
