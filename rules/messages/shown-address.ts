/** Peers as people see them: an address, or the prefix that a flood was folded into. */
import { type AddressWords, formatAddress, isIpv4, isPrivateAddress } from "../../ingest/address.ts";
import { type Flow, FOLD_PREFIX } from "../../ingest/flows/flow.ts";

/** Whether one side of the flow stands for a prefix. */
export function isOfPrefix({ initiatorFold, responderFold }: Flow): boolean {
  return initiatorFold === FOLD_PREFIX || responderFold === FOLD_PREFIX;
}

/** An address as shown; a folded one as the prefix that it stands for. */
export function shownAddress(address: AddressWords, flow: Flow): string {
  return isOfPrefix(flow) ? shownPrefix(address) : formatAddress(address);
}

/** The address of a flow that was folded; its other side may still be a single one. */
export function shownPrefix(address: AddressWords): string {
  const text = formatAddress(address);
  const width = isIpv4(address) ? (((address[3] as number) & 0xffff) === 0 ? 16 : 24) : widthOfIpv6(address);
  const trailing = isIpv4(address) ? ((address[3] as number) & 0xff) === 0 : address[2] === 0 && address[3] === 0;
  return trailing ? `${text}/${width}` : text;
}

/** Equal for addresses that are shown alike: a number where that is enough, for there may be millions of them. */
export function shownKey(address: AddressWords, flow: Flow): number | string {
  const isTrailing = isOfPrefix(flow) && ((address[3] as number) & 0xff) === 0;
  return isIpv4(address) && !isTrailing ? (address[3] as number) | 0 : shownAddress(address, flow);
}

function widthOfIpv6(address: AddressWords): number {
  if (address[1] !== 0) return 48;
  return isPrivateAddress(address) && ((address[0] as number) & 0xffff) === 0 ? 16 : 32;
}
