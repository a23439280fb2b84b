// Edits the text of a Word file as an editor would, without one: unpacks, changes, packs.
"use strict";
const zlib = require("node:zlib");

const TABLE = Array.from({ length: 256 }, (_, start) => {
  let value = start;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value >>> 0;
});

const crc = (bytes) => (bytes.reduce((sum, byte) => TABLE[(sum ^ byte) & 0xff] ^ (sum >>> 8), 0xffffffff) ^ 0xffffffff) >>> 0;

/** Parts of a zip by name, unpacked. */
function unpack(file) {
  const end = file.lastIndexOf(Buffer.from("PK\x05\x06"));
  const parts = [];
  let at = file.readUInt32LE(end + 16);
  for (let left = file.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [method, packed] = [file.readUInt16LE(at + 10), file.readUInt32LE(at + 20)];
    const [name, extra, comment] = [28, 30, 32].map((field) => file.readUInt16LE(at + field));
    const local = file.readUInt32LE(at + 42);
    const start = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28);
    const bytes = file.subarray(start, start + packed);
    parts.push([file.toString("utf8", at + 46, at + 46 + name), method === 0 ? bytes : zlib.inflateRawSync(bytes)]);
    at += 46 + name + extra + comment;
  }
  return parts;
}

/** A zip of these parts. */
function pack(parts) {
  const [bodies, entries] = [[], []];
  let at = 0;
  for (const [name, bytes] of parts) {
    const called = Buffer.from(name);
    const told = Buffer.alloc(26);
    [20, 0, 0, 0, 33].forEach((value, place) => told.writeUInt16LE(value, 2 * place));
    [crc(bytes), bytes.length, bytes.length].forEach((value, place) => told.writeUInt32LE(value, 10 + 4 * place));
    told.writeUInt16LE(called.length, 22);
    bodies.push(Buffer.from("PK\x03\x04"), told, called, bytes);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(at, 10);
    entries.push(Buffer.from("PK\x01\x02\x14\x00"), told, rest, called);
    at += 30 + called.length + bytes.length;
  }
  const directory = Buffer.concat(entries);
  const end = Buffer.alloc(18);
  [parts.length, parts.length].forEach((value, place) => end.writeUInt16LE(value, 4 + 2 * place));
  [directory.length, at].forEach((value, place) => end.writeUInt32LE(value, 8 + 4 * place));
  return Buffer.concat([...bodies, directory, Buffer.from("PK\x05\x06"), end]);
}

/** The file with another text. */
function edited(file, change) {
  return pack(unpack(file).map(([name, bytes]) => [name, name === "word/document.xml" ? Buffer.from(change(bytes.toString("utf8"))) : bytes]));
}

module.exports = { edited };
