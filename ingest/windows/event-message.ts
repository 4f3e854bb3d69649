/**
 * The text of a filtering platform event (`Application Information:`, `Network Information:`, ...), for exports that carry
 * nothing else. Its words are in the language of the host, its order is the same in all: sections are counted, and
 * values within a section, and only numbers tell an optional value (Filter Origin) from the next. Where its line ends and
 * tabs became single blanks, its names tell where values end, in English alone.
 */
import { COLON, DOT, findByte, isDigit, LF, PERCENT, parseDecimal, SPACE, textOf } from "../bytes.ts";
import {
  APPLICATION,
  DESTINATION_ADDRESS,
  DESTINATION_PORT,
  DIRECTION,
  type EventFields,
  FILTER_ID,
  FILTER_ORIGIN,
  LAYER_ID,
  LAYER_NAME,
  MESSAGE,
  PROTOCOL,
  SOURCE_ADDRESS,
  SOURCE_PORT,
} from "./event-fields.ts";

const APPLICATION_SECTION = 1;
const NETWORK_SECTION = 2;
const FILTER_SECTION = 3;

/** The network section after the direction, which binds and listens (5154, 5155, 5158, 5159) do not have. */
const CONNECTION = [SOURCE_ADDRESS, SOURCE_PORT, DESTINATION_ADDRESS, DESTINATION_PORT, PROTOCOL];
const SOCKET = [SOURCE_ADDRESS, SOURCE_PORT, PROTOCOL];

const HEADING = /\s+((?:Application|Network|Filter) Information:)/g;
const NAME =
  /\s+((?:Process ID|Application Name|Direction|(?:Source|Destination) (?:Address|Port)|Protocol|Interface Index|Filter Origin|Filter Run-Time ID|Layer Name|Layer Run-Time ID|Remote User ID|Remote Machine ID):)\s*/g;

/** Fills the fields of a connection from the message. */
export function readEventMessage(fields: EventFields): void {
  if (findByte(fields.text, LF, fields.start(MESSAGE), fields.end(MESSAGE)) === fields.end(MESSAGE)) divide(fields);
  const { text } = fields;
  const end = fields.end(MESSAGE);
  let section = 0;
  let value = 0;
  let hasDirection = false;
  for (let start = fields.start(MESSAGE); start < end; ) {
    const lineEnd = findByte(text, LF, start, end);
    let to = lineEnd;
    while (to > start && (text[to - 1] as number) <= SPACE) to--;
    const colon = findByte(text, COLON, start, to);
    if (colon < to) {
      const isHeading = colon === to - 1 && (text[start] as number) > SPACE;
      let from = colon + 1;
      while (from < to && (text[from] as number) <= SPACE) from++;
      if (isHeading) {
        section++;
        value = 0;
      } else if (section === APPLICATION_SECTION) {
        if (value++ === 1) fields.share(APPLICATION, from, to);
      } else if (section === NETWORK_SECTION) {
        if (value === 0 && !isAddress(text, from, to)) {
          fields.share(DIRECTION, from, to);
          hasDirection = true;
        } else {
          const field = (hasDirection ? CONNECTION : SOCKET)[value++];
          if (field !== undefined) fields.share(field, from, to);
        }
      } else if (section === FILTER_SECTION) readFilterValue(fields, from, to);
    }
    start = lineEnd + 1;
  }
}

/** Puts line ends and tabs again where they were. */
function divide(fields: EventFields): void {
  const message = textOf(fields.text, fields.start(MESSAGE), fields.end(MESSAGE));
  fields.share(MESSAGE, 0, 0);
  fields.takeText(message.replace(HEADING, "\n$1").replace(NAME, "\n\t$1\t"), MESSAGE);
}

/** Filter Origin (new builds), Filter Run-Time ID, Layer Name, Layer Run-Time ID. */
function readFilterValue(fields: EventFields, from: number, to: number): void {
  const isNumber = parseDecimal(fields.text, from, to) >= 0;
  if (!fields.has(FILTER_ID)) fields.share(isNumber ? FILTER_ID : FILTER_ORIGIN, from, to);
  else if (!fields.has(LAYER_NAME)) fields.share(LAYER_NAME, from, to);
  else if (!fields.has(LAYER_ID) && isNumber) fields.share(LAYER_ID, from, to);
}

/** Whether it can only be an address: no word for a direction holds a dot or colon. */
function isAddress(text: Uint8Array, from: number, to: number): boolean {
  if (text[from] === PERCENT) return false;
  for (let i = from; i < to; i++) if (text[i] === COLON || (text[i] === DOT && isDigit(text[i + 1]))) return true;
  return false;
}
