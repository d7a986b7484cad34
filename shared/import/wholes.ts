import { In, type EntityManager } from 'typeorm';
import type { Fault } from './fault.js';
import type { ImportKind } from './kind.js';

const idsAtATime = 500;

/** An import writes a level at a time, and reads the file for each. */
const mostLevels = 20;

interface Part {
  readonly whole: string | undefined;
  readonly row: number;
}

/** Which rows of a file are parts of which, where its kind has parts. Wholes may come after their parts. */
export class Wholes {
  private readonly parts = new Map<string, Part>();
  private readonly depths = new Map<string, number>();

  /** Notes what the row with this number says a record is part of. */
  note(id: string, whole: string | undefined, row: number): void {
    this.parts.set(id, { whole, row });
  }

  /** How many wholes are above a record, as far as the file tells. Known once faults have been looked for. */
  depthOf(id: string): number {
    return this.depths.get(id) ?? 0;
  }

  /** The greatest of all depths. */
  get depth(): number {
    let depth = 0;
    for (const own of this.depths.values()) depth = Math.max(depth, own);
    return depth;
  }

  /**
   * The rows that would make a record part of itself, by way of other rows or of what the database has, and those with
   * too many wholes above them. Each row is walked through once.
   */
  async findFaults(manager: EntityManager, kind: ImportKind): Promise<Fault[]> {
    const stored = await this.readStored(manager, kind);
    const wholeOf = (id: string) =>
      this.parts.has(id) ? this.parts.get(id)?.whole : stored.get(id);
    const inCircle = new Set<string>();
    const done = new Set<string>();
    for (const start of this.parts.keys()) {
      const way: string[] = [];
      const placeOf = new Map<string, number>();
      let at: string | undefined = start;
      for (; at !== undefined && !done.has(at) && !placeOf.has(at); at = wholeOf(at)) {
        placeOf.set(at, way.length);
        way.push(at);
      }
      const circle = at === undefined ? undefined : placeOf.get(at);
      if (circle !== undefined) for (const id of way.slice(circle)) inCircle.add(id);
      for (const id of way.toReversed()) this.finish(id, done);
    }
    const column = kind.partOf?.column;
    return [...this.parts].flatMap(([id, { row }]) => {
      if (inCircle.has(id)) return { row, column, fault: 'makes a circle' };
      if (this.depthOf(id) <= mostLevels) return [];
      return { row, column, fault: `has more than ${mostLevels} wholes above it` };
    });
  }

  /** Wholes come before their parts. */
  private finish(id: string, done: Set<string>): void {
    const whole = this.parts.get(id)?.whole;
    const isAbove = whole !== undefined && this.parts.has(whole);
    if (isAbove) this.depths.set(id, this.depthOf(whole) + 1);
    done.add(id);
  }

  /** What the wholes outside the file are parts of, up to the last. */
  private async readStored(
    manager: EntityManager,
    { entity, partOf }: ImportKind,
  ): Promise<ReadonlyMap<string, string>> {
    const stored = new Map<string, string>();
    const property = partOf?.property ?? '';
    const open = [...this.parts.values()].flatMap(({ whole }) => whole ?? []);
    for (let at = 0; at < open.length; at += idsAtATime) {
      const asked = open.slice(at, at + idsAtATime);
      const unknown = asked.filter((id) => !this.parts.has(id) && !stored.has(id));
      for (const row of await manager.find(entity, { where: { id: In(unknown) } })) {
        const whole: unknown = row[property];
        if (typeof whole !== 'string') continue;
        stored.set(String(row['id']), whole);
        open.push(whole);
      }
    }
    return stored;
  }
}
