/** Who sent the packets of a flow, and to whom: a flow names who opened the conversation, whichever way its packets went. */
import type { AddressWords } from "../../ingest/address.ts";
import type { Flow } from "../../ingest/flows/flow.ts";

type Ends = Pick<Flow, "reply" | "initiator" | "responder">;

export function senderOf({ reply, initiator, responder }: Ends): AddressWords {
  return reply ? responder : initiator;
}

export function receiverOf({ reply, initiator, responder }: Ends): AddressWords {
  return reply ? initiator : responder;
}
