import { type Prefix, prefixFromText } from "../../ingest/address.ts";
import { type FlowSelection, SELECT_NONE } from "../../ingest/flows/flow-selection.ts";

const NO_PORTS = { tcp: [], udp: [] };

/** Every address is a host that is judged, and none has services: nothing is folded, and no port class is another. */
export const SELECT_ALL: FlowSelection = {
  ...SELECT_NONE,
  hosts: ["0.0.0.0/0", "::/0"].map((block) => ({
    prefix: prefixFromText(block) as Prefix,
    services: NO_PORTS,
    clients: NO_PORTS,
    peerOnly: false,
  })),
};
