// What refedge_status counts: the families and names of the nginx module. A worker's isolates share no memory: each counts its own.

/** A family is an object of the JSON form and a metric of Prometheus, whose members a label tells apart. */
const FAMILIES = [
  { name: "clicks", label: "verdict", help: "Visits to share links that serve, by verdict.",
    members: ["human", "bot", "unfurler", "prefetch", "head", "repeat"] },
  { name: "answers", label: "kind", help: "Answers to share links: redirects to the destination, preview pages, fallback pages.",
    members: ["redirect", "preview", "fallback"] },
  { name: "misses", label: "reason", help: "Visits to share links that do not serve, by reason.",
    members: ["unknown", "expired", "withdrawn", "blocked", "damaged", "unavailable"] },
  { name: "captures", label: "cookie", help: "Cookies set for ?ref= on pages, signed or not.", members: ["signed", "unsigned"] },
  { name: "conversions", label: "kind", help: "Requests to refedge_track with a verified cookie; conversions spooled for an absent origin.",
    members: ["attributed", "spooled"] },
  { name: "consent", label: "decision", help: "Cookies that were not set because the visitor has not agreed.", members: ["denied"] },
  { name: "lost", label: "kind", help: "What neither the queue nor the origin took.", members: ["clicks", "conversions"] },
] as const;

type Family = (typeof FAMILIES)[number];
export type CounterName = { [Name in Family["name"]]: `${Name}.${Extract<Family, { name: Name }>["members"][number]}` }[Family["name"]];

export class Counters {
  readonly #values = new Map<string, number>();

  add(name: CounterName, count = 1): void {
    this.#values.set(name, (this.#values.get(name) ?? 0) + count);
  }

  json(): Record<string, Record<string, number>> {
    return Object.fromEntries(FAMILIES.map((family) => [family.name,
      Object.fromEntries(family.members.map((member) => [member, this.#value(family, member)]))]));
  }

  prometheus(): string {
    return FAMILIES.map((family) => {
      const name = `refedge_${family.name}_total`;
      const lines = family.members.map((member) => `${name}{${family.label}="${member}"} ${this.#value(family, member)}\n`);
      return `# HELP ${name} ${family.help}\n# TYPE ${name} counter\n${lines.join("")}`;
    }).join("");
  }

  #value(family: Family, member: string): number {
    return this.#values.get(`${family.name}.${member}`) ?? 0;
  }
}
