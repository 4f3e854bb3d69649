/** The programs that stand for telephones, phone system and Internet, and what is sent between them. */
import { type ChildProcess, spawn } from "node:child_process";
import { createInterface, type Interface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import type { Lab, Place } from "./lab.ts";
import type { Order, Outcome, Report } from "./orders.ts";
import type { Step } from "./steps.ts";

class End {
  readonly #program: ChildProcess;
  readonly #reports: AsyncIterator<string>;

  constructor(lab: Lab, place: Place) {
    const program = [process.execPath, new URL("end.ts", import.meta.url).pathname];
    this.#program = spawn("ip", ["netns", "exec", lab.nameOf(place), ...program], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    const lines: Interface = createInterface({ input: this.#program.stdout as NodeJS.ReadableStream });
    this.#reports = lines[Symbol.asyncIterator]();
  }

  async do(order: Order): Promise<Report> {
    this.#program.stdin?.write(`${JSON.stringify(order)}\n`);
    const { value, done } = await this.#reports.next();
    if (done) throw new Error("an end of the lab is gone");
    const report = JSON.parse(value) as Report;
    if ("error" in report) throw new Error(`${JSON.stringify(order)}: ${report.error}`);
    return report;
  }

  close(): void {
    this.#program.stdin?.end();
  }
}

export class Ends {
  readonly #ends: ReadonlyMap<Place, End>;

  constructor(lab: Lab) {
    this.#ends = new Map((["phone", "pbx", "net"] as const).map((place) => [place, new End(lab, place)]));
  }

  /** Takes the steps in turn; what became of each, in the words of `traffic.yaml`. */
  async take(steps: readonly Step[]): Promise<string[]> {
    const outcomes: string[] = [];
    for (const step of steps) {
      if (step.kind === "pause") await pause(step.seconds * 1000);
      else
        outcomes.push(`${step.text}: ${step.kind === "udp" ? await this.#exchange(step) : await this.#connect(step)}`);
    }
    return outcomes;
  }

  /** `60 arrive`, or with an answer `60 arrive, 0 return`. */
  async #exchange({ from, to, at, packets, answers, payload }: Step & { kind: "udp" }): Promise<string> {
    const [sender, receiver] = [this.#at(from.place), this.#at(at.place)];
    await receiver.do({ do: "open", address: at.address, port: at.port });
    await sender.do({ do: "send", ...from, to: to.address, toPort: to.port, packets, payload });
    const arrived = await counted(receiver, at, packets);
    if (answers === 0) return `${arrived} arrive`;
    await receiver.do({ do: "answer", ...at, packets: answers, payload });
    return `${arrived} arrive, ${await counted(sender, from, answers)} return`;
  }

  async #connect({ from, to, at }: Step & { kind: "tcp" }): Promise<Outcome> {
    await this.#at(at.place).do({ do: "listen", ...at });
    const report = await this.#at(from.place).do({ do: "connect", ...from, to: to.address, toPort: to.port });
    return "outcome" in report ? report.outcome : "silent";
  }

  #at(place: Place): End {
    return this.#ends.get(place) as End;
  }

  close(): void {
    for (const end of this.#ends.values()) end.close();
  }
}

async function counted(end: End, at: { address: string; port: number }, expected: number): Promise<number> {
  const report = await end.do({ do: "count", ...at, expected });
  return "count" in report ? report.count : 0;
}
