/** Names of inputs as URI references (RFC 3986), no more absolute than the inputs were named. */

/** `logs/fw 1.log` is `logs/fw%201.log`, `C:\logs\fw.log` is `file:///C:/logs/fw.log`. */
export function uriOf(input: string): string {
  const path = input.toWellFormed().replaceAll("\\", "/");
  if (path === "") return "-";
  const drive = /^[a-zA-Z]:(?=\/)/.exec(path)?.[0];
  if (drive !== undefined) return `file:///${drive}${encoded(path.slice(drive.length))}`;
  if (path.startsWith("//")) return `file:${encoded(path)}`;
  return path.startsWith("/") ? `file://${encoded(path)}` : encoded(path);
}

function encoded(path: string): string {
  return path.split("/").map(encodeURIComponent).join("/");
}
