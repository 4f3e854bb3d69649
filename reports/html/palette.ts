/** The colours of the HTML report in both themes. A test holds every pair of text and ground to WCAG AA. */

/** Names that stand for a severity, a state or a class of findings; each is a ground that carries text. */
export const grounds = [
  "critical",
  "high",
  "medium",
  "low",
  "info",
  "open",
  "blocked",
  "intermittent",
  "not-seen",
  "manual",
  "not-applicable",
] as const;
export type Ground = (typeof grounds)[number];

export interface Palette {
  page: string;
  surface: string;
  sunken: string;
  line: string;
  text: string;
  quiet: string;
  link: string;
  /** The text on a ground. */
  on: string;
  grounds: Readonly<Record<Ground, string>>;
}

export const light: Palette = {
  page: "#f4f6f9",
  surface: "#ffffff",
  sunken: "#eef1f5",
  line: "#d3dae3",
  text: "#17202b",
  quiet: "#526072",
  link: "#0a58a8",
  on: "#ffffff",
  grounds: {
    critical: "#9b1025",
    high: "#b3380c",
    medium: "#86590a",
    low: "#17609e",
    info: "#56657a",
    open: "#1b7a48",
    blocked: "#b01530",
    intermittent: "#a3590b",
    "not-seen": "#56708f",
    manual: "#6a4a9c",
    "not-applicable": "#697380",
  },
};

export const dark: Palette = {
  page: "#0f141a",
  surface: "#171e27",
  sunken: "#1f2833",
  line: "#344152",
  text: "#e7edf4",
  quiet: "#a7b4c4",
  link: "#82bdff",
  on: "#0c1015",
  grounds: {
    critical: "#ff8f98",
    high: "#ffa273",
    medium: "#f0c060",
    low: "#84c0ff",
    info: "#a9b7c8",
    open: "#66d39a",
    blocked: "#ff8f9e",
    intermittent: "#f2b25c",
    "not-seen": "#9db4d0",
    manual: "#c3a6f2",
    "not-applicable": "#8e9aa9",
  },
};

/** The palette as CSS custom properties. */
export function customProperties({ grounds: ofGrounds, ...plain }: Palette): string {
  return [...Object.entries(plain), ...Object.entries(ofGrounds)]
    .map(([name, value]) => `--${name}:${value}`)
    .join(";");
}
