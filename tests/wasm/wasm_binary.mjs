// Reads the import and export sections of a WebAssembly binary. Spec: WebAssembly Core Specification 1.0, section 5.5.
const KINDS = ["function", "table", "memory", "global"];
const SECTION = { import: 2, export: 7, code: 10 };

class Reader {
  constructor(bytes, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  byte() {
    return this.bytes[this.at++];
  }

  // Unsigned LEB128.
  number() {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte();
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
  }

  name() {
    const len = this.number();
    this.at += len;
    return new TextDecoder("utf-8", { fatal: true }).decode(this.bytes.subarray(this.at - len, this.at));
  }

  skipLimits() {
    if (this.byte() === 1) this.number();
    this.number();
  }

  skipImportType(kind) {
    if (kind === "function") this.number();
    if (kind === "table") this.byte();
    if (kind === "table" || kind === "memory") this.skipLimits();
    if (kind === "global") this.at += 2;
  }
}

const readImport = (reader) => {
  const [module, name, kind] = [reader.name(), reader.name(), KINDS[reader.byte()]];
  reader.skipImportType(kind);
  return { module, name, kind };
};

const readExport = (reader) => {
  const [name, kind] = [reader.name(), KINDS[reader.byte()]];
  reader.number();
  return { name, kind };
};

const list = (reader, read) => Array.from({ length: reader.number() }, () => read(reader));

const sectionsOf = (bytes) => {
  const reader = new Reader(bytes, 8);
  const sections = new Map();
  while (reader.at < bytes.length) {
    const [id, len] = [reader.byte(), reader.number()];
    sections.set(id, { start: reader.at, end: reader.at + len });
    reader.at += len;
  }
  if (reader.at !== bytes.length) throw new Error("a section reaches past the end of the module");
  return sections;
};

/** parseModule returns {imports: [{module, name, kind}], exports: [{name, kind}], code: {start, end}}. */
export const parseModule = (bytes) => {
  if (bytes.subarray(0, 8).toString("hex") !== "0061736d01000000") throw new Error("not a WebAssembly module of version 1");
  const sections = sectionsOf(bytes);
  const read = (id, readOne) => (sections.has(id) ? list(new Reader(bytes, sections.get(id).start), readOne) : []);
  return { imports: read(SECTION.import, readImport), exports: read(SECTION.export, readExport), code: sections.get(SECTION.code) };
};

/** signedLeb128 writes a 32-bit number as an instruction holds it. */
export const signedLeb128 = (value) => {
  const bytes = [];
  for (let rest = value | 0; ; ) {
    const byte = rest & 0x7f;
    rest >>= 7;
    const isLast = (rest === 0 && (byte & 0x40) === 0) || (rest === -1 && (byte & 0x40) !== 0);
    bytes.push(isLast ? byte : byte | 0x80);
    if (isLast) return Buffer.from(bytes);
  }
};
