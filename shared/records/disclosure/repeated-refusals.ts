import { LRUCache } from 'lru-cache';
import { hash } from 'node:crypto';
import type { DataSource } from 'typeorm';
import type { Reader } from '../../identity/reader.js';
import { parsePurpose } from '../../identity/request-headers.js';
import type { DisclosureNote } from './disclosure-note.js';

type Readings = DisclosureNote['readings'];

interface Asked {
  readonly reader: Reader;
  readonly readings: Readings;
  readonly at: Date;
}

/** A refusal that was recorded, or is being recorded. */
interface Refusal {
  readonly at: number;
  readonly written: Promise<unknown>;
}

/** So long a refusal that repeats is the same fact. */
const sameMs = 60_000;
const mostRemembered = 10_000;
const recent = new WeakMap<DataSource, LRUCache<string, Refusal>>();

/** What a refusal is about. A caller chooses names of clients and operations, so they do not count. */
function nameOf(reader: Reader, { type, fields, records, people = [] }: Readings[number]): string {
  const who =
    reader.kind === 'anonymous'
      ? []
      : [
          reader.kind,
          reader.organisation,
          reader.subject,
          parsePurpose(reader.purpose ?? null).purpose,
          reader.kind === 'person' && reader.role,
        ];
  return hash('sha1', JSON.stringify([who, type, fields, records, people.toSorted()]), 'base64');
}

/**
 * Leaves out refusals of the same reader, type, fields and people that this process has recorded
 * within the last minute: a caller that asks in a loop writes one link a minute.
 * @returns the rest; what still has to be written of those left out; and how to remember the rest
 */
export function leaveOutRepeated(source: DataSource, { reader, readings, at }: Asked) {
  const known: LRUCache<string, Refusal> =
    recent.get(source) ?? new LRUCache({ max: mostRemembered });
  recent.set(source, known);
  const before: Promise<unknown>[] = [];
  const names: string[] = [];
  const rest = readings.filter((reading) => {
    if (!reading.isRefused) return true;
    const name = nameOf(reader, reading);
    const earlier = known.get(name);
    if (earlier && Math.abs(at.getTime() - earlier.at) < sameMs) {
      before.push(earlier.written);
      return false;
    }
    names.push(name);
    return true;
  });
  return {
    rest,
    before,
    remember(written: Promise<unknown>): void {
      const own: Refusal = { at: at.getTime(), written };
      for (const name of names) known.set(name, own);
      written.catch(() => {
        for (const name of names) if (known.peek(name) === own) known.delete(name);
      });
    },
  };
}
