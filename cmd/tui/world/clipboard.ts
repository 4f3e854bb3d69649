/** Copying through the terminal (OSC 52): it works over SSH too, wherever the terminal allows it. */

/** More is dropped by terminals without a word. */
export const MAX_COPY_BYTES = 74_994;

/** What the terminal must be sent; null where the text is too long for it. */
export function osc52(text: string, env: NodeJS.ProcessEnv): string | null {
  const bytes = Buffer.from(text, "utf8");
  if (bytes.length > MAX_COPY_BYTES) return null;
  const sequence = `\x1b]52;c;${bytes.toString("base64")}\x07`;
  // tmux takes the plain one where set-clipboard is on, and hands the wrapped one on where allow-passthrough is.
  if (env.TMUX) return `${sequence}\x1bPtmux;${sequence.replaceAll("\x1b", "\x1b\x1b")}\x1b\\`;
  return env.STY ? `\x1bP${sequence}\x1b\\` : sequence;
}
