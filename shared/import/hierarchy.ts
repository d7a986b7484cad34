import { In, type EntityManager } from 'typeorm';
import type { Fault } from './fault.js';
import type { ImportKind } from './kind.js';

const idsAtATime = 500;

/** The most levels. An import writes one level at a time, and reads the file for each. */
const mostLevels = 20;

interface Part {
  readonly whole: string | undefined;
  readonly row: number;
}

/**
 * The parents of the rows of a file, if its kind has a hierarchy. Parents may come after their
 * children.
 */
export class Hierarchy {
  private readonly parts = new Map<string, Part>();
  private readonly depths = new Map<string, number>();

  /** Notes the parent of a record, from the row with this number. */
  note(id: string, whole: string | undefined, row: number): void {
    this.parts.set(id, { whole, row });
  }

  /** The number of levels above a record in the file. Known once errors have been searched for. */
  depthOf(id: string): number {
    return this.depths.get(id) ?? 0;
  }

  /** The greatest depth. */
  get depth(): number {
    let depth = 0;
    for (const own of this.depths.values()) depth = Math.max(depth, own);
    return depth;
  }

  /**
   * Finds rows that would make a cycle, through other rows or stored records, and rows with too
   * many levels above them. Each row is visited once.
   */
  async findFaults(manager: EntityManager, kind: ImportKind): Promise<Fault[]> {
    const stored = await this.readStored(manager, kind);
    const wholeOf = (id: string) =>
      this.parts.has(id) ? this.parts.get(id)?.whole : stored.get(id);
    const inCircle = new Set<string>();
    const done = new Set<string>();
    for (const start of this.parts.keys()) {
      const way: string[] = [];
      const indexOnPath = new Map<string, number>();
      let at: string | undefined = start;
      for (; at !== undefined && !done.has(at) && !indexOnPath.has(at); at = wholeOf(at)) {
        indexOnPath.set(at, way.length);
        way.push(at);
      }
      const circle = at === undefined ? undefined : indexOnPath.get(at);
      if (circle !== undefined) for (const id of way.slice(circle)) inCircle.add(id);
      for (const id of way.toReversed()) this.finish(id, done);
    }
    const column = kind.partOf?.column;
    return [...this.parts].flatMap(([id, { row }]) => {
      if (inCircle.has(id)) return { row, column, fault: 'makes a cycle' };
      if (this.depthOf(id) <= mostLevels) return [];
      return { row, column, fault: `has more than ${mostLevels} levels above it` };
    });
  }

  /** Parents come before their children. */
  private finish(id: string, done: Set<string>): void {
    const whole = this.parts.get(id)?.whole;
    const isAbove = whole !== undefined && this.parts.has(whole);
    if (isAbove) this.depths.set(id, this.depthOf(whole) + 1);
    done.add(id);
  }

  /** The parents of stored records, up to the top. */
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
