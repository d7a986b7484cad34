import { In, type EntityManager } from 'typeorm';
import type { Fault } from './fault.js';
import type { ImportKind } from './kind.js';

const idsAtATime = 500;

interface Part {
  readonly whole: string | undefined;
  readonly row: number;
}

/** Which rows of a file are parts of which, where its kind has parts. Wholes may come after their parts. */
export class Wholes {
  private readonly parts = new Map<string, Part>();

  /** Notes what the row with this number says a record is part of. */
  note(id: string, whole: string | undefined, row: number): void {
    this.parts.set(id, { whole, row });
  }

  /** How many wholes are above a record, as far as the file tells. There must be no circle. */
  depthOf(id: string): number {
    let depth = -1;
    for (let at: string | undefined = id; at !== undefined; at = this.parts.get(at)?.whole) {
      depth += 1;
    }
    return depth;
  }

  /** The greatest of all depths. */
  get depth(): number {
    let depth = 0;
    for (const id of this.parts.keys()) depth = Math.max(depth, this.depthOf(id));
    return depth;
  }

  /** The rows that would make a record part of itself, by way of other rows or of what the database has. */
  async findCircles(manager: EntityManager, kind: ImportKind): Promise<Fault[]> {
    const stored = await this.readStored(manager, kind);
    const wholeOf = (id: string) =>
      this.parts.has(id) ? this.parts.get(id)?.whole : stored.get(id);
    const isInCircle = (id: string): boolean => {
      const seen = new Set<string>();
      for (let at = wholeOf(id); at !== undefined && !seen.has(at); at = wholeOf(at)) {
        if (at === id) return true;
        seen.add(at);
      }
      return false;
    };
    return [...this.parts]
      .filter(([id]) => isInCircle(id))
      .map(([, { row }]) => ({ row, column: kind.partOf?.column, fault: 'makes a circle' }));
  }

  /** What the wholes outside the file are parts of, up to the last. */
  private async readStored(
    manager: EntityManager,
    { entity, partOf }: ImportKind,
  ): Promise<ReadonlyMap<string, string>> {
    const stored = new Map<string, string>();
    const property = partOf?.property ?? '';
    let open = [...this.parts.values()].flatMap(({ whole }) => whole ?? []);
    for (let at = 0; at < open.length; at += idsAtATime) {
      const asked = open.slice(at, at + idsAtATime);
      const unknown = asked.filter((id) => !this.parts.has(id) && !stored.has(id));
      for (const row of await manager.find(entity, { where: { id: In(unknown) } })) {
        const whole: unknown = row[property];
        if (typeof whole !== 'string') continue;
        stored.set(String(row['id']), whole);
        open = [...open, whole];
      }
    }
    return stored;
  }
}
