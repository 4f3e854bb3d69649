/**
 * What OCSF 1.3 (schema.ocsf.io, class compliance_finding and the objects in it) requires, and the types and values of
 * what we write besides. Unknown attributes belong under `unmapped`, so no others are allowed.
 */
const text = { type: "string", minLength: 1 };
const time = { type: "integer", minimum: 0 };
const object = (properties: object, required: string[]) => ({
  type: "object",
  properties,
  required,
  additionalProperties: false,
});

export const ocsfSchema = {
  type: "array",
  items: object(
    {
      activity_id: { enum: [1, 2, 3] },
      activity_name: text,
      category_uid: { const: 2 },
      category_name: { const: "Findings" },
      class_uid: { const: 2003 },
      class_name: { const: "Compliance Finding" },
      // class_uid * 100 + activity_id
      type_uid: { enum: [200301, 200302, 200303] },
      type_name: text,
      time,
      start_time: time,
      end_time: time,
      severity_id: { enum: [1, 2, 3, 4, 5] },
      severity: { enum: ["Informational", "Low", "Medium", "High", "Critical"] },
      confidence_id: { enum: [1, 2, 3] },
      confidence: { enum: ["Low", "Medium", "High"] },
      status_id: { enum: [1, 3, 4] },
      status: { enum: ["New", "Suppressed", "Resolved"] },
      status_detail: text,
      comment: text,
      message: text,
      count: { type: "integer", minimum: 0 },
      raw_data: { type: "string" },
      metadata: object(
        {
          version: { const: "1.3.0" },
          uid: text,
          product: object({ name: text, vendor_name: text, version: text }, ["vendor_name"]),
        },
        ["version", "product"],
      ),
      finding_info: object(
        {
          uid: text,
          title: text,
          desc: text,
          types: { type: "array", items: text },
          first_seen_time: time,
          last_seen_time: time,
          data_sources: { type: "array", items: { type: "string" } },
          analytic: object({ uid: text, name: text, type_id: { const: 1 }, type: { const: "Rule" } }, ["type_id"]),
        },
        ["uid", "title"],
      ),
      compliance: object(
        {
          standards: { type: "array", items: text, minItems: 1 },
          control: text,
          requirements: { type: "array", items: text },
          status_id: { enum: [1, 3] },
          status: { enum: ["Pass", "Fail"] },
          status_detail: text,
        },
        ["standards"],
      ),
      resources: { type: "array", items: object({ name: text, type: text }, ["name"]) },
      remediation: object({ desc: text }, ["desc"]),
      unmapped: { type: "object" },
    },
    [
      "activity_id",
      "category_uid",
      "class_uid",
      "type_uid",
      "time",
      "severity_id",
      "metadata",
      "finding_info",
      "compliance",
    ],
  ),
};
