/**
 * What SARIF 2.1.0 (OASIS, sections 3.14 to 3.57) asks of the objects that we write; properties that we do not write are
 * refused.
 */
const message = {
  type: "object",
  properties: { text: { type: "string", minLength: 1 } },
  required: ["text"],
  additionalProperties: false,
};
const level = { enum: ["none", "note", "warning", "error"] };
const properties = { type: "object" };

const location = {
  type: "object",
  properties: {
    physicalLocation: {
      type: "object",
      properties: {
        artifactLocation: {
          type: "object",
          properties: { uri: { type: "string", format: "uri-reference" } },
          required: ["uri"],
          additionalProperties: false,
        },
        region: {
          type: "object",
          properties: {
            startLine: { type: "integer", minimum: 1 },
            byteOffset: { type: "integer", minimum: 0 },
            snippet: message,
          },
          anyOf: [{ required: ["startLine"] }, { required: ["byteOffset"] }],
          additionalProperties: false,
        },
      },
      required: ["artifactLocation"],
      additionalProperties: false,
    },
    logicalLocations: {
      type: "array",
      items: {
        type: "object",
        properties: { fullyQualifiedName: { type: "string" }, kind: { type: "string" } },
        additionalProperties: false,
      },
    },
    message,
  },
  additionalProperties: false,
};

const rule = {
  type: "object",
  properties: {
    id: { type: "string", minLength: 1 },
    shortDescription: message,
    fullDescription: message,
    help: {
      type: "object",
      properties: { text: { type: "string" }, markdown: { type: "string" } },
      required: ["text"],
      additionalProperties: false,
    },
    defaultConfiguration: { type: "object", properties: { level }, additionalProperties: false },
    properties: {
      type: "object",
      properties: {
        tags: { type: "array", items: { type: "string" }, uniqueItems: true },
        "security-severity": { type: "string", pattern: "^(10|\\d)\\.\\d$" },
      },
      additionalProperties: false,
    },
  },
  required: ["id"],
  additionalProperties: false,
};

const result = {
  type: "object",
  properties: {
    ruleId: { type: "string" },
    ruleIndex: { type: "integer", minimum: 0 },
    level,
    message,
    locations: { type: "array", items: location, minItems: 1 },
    partialFingerprints: { type: "object", additionalProperties: { type: "string" } },
    baselineState: { enum: ["new", "unchanged", "updated", "absent"] },
    suppressions: {
      type: "array",
      uniqueItems: true,
      items: {
        type: "object",
        properties: {
          kind: { enum: ["inSource", "external"] },
          status: { enum: ["accepted", "underReview", "rejected"] },
          justification: { type: "string" },
          properties,
        },
        required: ["kind"],
        additionalProperties: false,
      },
    },
    properties,
  },
  required: ["message", "ruleId", "ruleIndex", "level", "locations", "partialFingerprints", "suppressions"],
  additionalProperties: false,
};

const artifact = {
  type: "object",
  properties: {
    location: {
      type: "object",
      properties: { uri: { type: "string", format: "uri-reference" } },
      required: ["uri"],
      additionalProperties: false,
    },
    roles: { type: "array", items: { enum: ["analysisTarget"] }, minItems: 1, uniqueItems: true },
    hashes: {
      type: "object",
      properties: { "sha-256": { type: "string", pattern: "^[0-9a-f]{64}$" } },
      minProperties: 1,
      additionalProperties: false,
    },
  },
  required: ["location", "roles"],
  additionalProperties: false,
};

export const sarifSchema = {
  type: "object",
  properties: {
    $schema: { type: "string", format: "uri" },
    version: { const: "2.1.0" },
    runs: {
      type: "array",
      items: {
        type: "object",
        properties: {
          tool: {
            type: "object",
            properties: {
              driver: {
                type: "object",
                properties: {
                  name: { type: "string" },
                  version: { type: "string" },
                  rules: { type: "array", items: rule, uniqueItems: true },
                },
                required: ["name"],
                additionalProperties: false,
              },
            },
            required: ["driver"],
            additionalProperties: false,
          },
          automationDetails: { type: "object", properties: { id: { type: "string" } }, additionalProperties: false },
          columnKind: { enum: ["utf16CodeUnits", "unicodeCodePoints"] },
          artifacts: { type: "array", items: artifact, uniqueItems: true },
          invocations: {
            type: "array",
            items: {
              type: "object",
              properties: {
                executionSuccessful: { type: "boolean" },
                toolExecutionNotifications: {
                  type: "array",
                  items: {
                    type: "object",
                    properties: { level, message },
                    required: ["message"],
                    additionalProperties: false,
                  },
                },
              },
              required: ["executionSuccessful"],
              additionalProperties: false,
            },
          },
          results: { type: "array", items: result },
          properties,
        },
        required: ["tool"],
        additionalProperties: false,
      },
    },
  },
  required: ["version", "runs"],
  additionalProperties: false,
};
