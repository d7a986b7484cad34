import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { packageFolder } from '../../registry/package-folder.js';

const coordinate = z.string().regex(/^\w+\.\w+$/, 'must be Type.field');
const fieldName = z.string().regex(/^\w+$/);

const schema = z.strictObject({
  /** The organisation that may read what the doctor checks. */
  reader: z.string(),
  /** Fields with ids whose type the schema does not say: the type of each. */
  plain: z.record(coordinate, z.string()),
  /**
   * Fields that repeat the values of other fields, and those whose record may be gone: a change
   * remains when its record is erased.
   */
  repeats: z.array(coordinate),
  /**
   * References that need a back reference: `by` is a path of fields from the target to the id of
   * this record.
   */
  answers: z.array(z.strictObject({ field: coordinate, type: z.string(), by: z.string() })),
  /** Fields of several owners that exclude each other. */
  contradictions: z.array(
    z.strictObject({
      type: z.string(),
      set: z.array(fieldName).min(1),
      unset: z.array(fieldName),
    }),
  ),
});

/** What the contracts do not say about their references: `references.json`. */
export type KnownReferences = z.output<typeof schema>;

export const readKnownReferences = (
  file = join(packageFolder, 'cli', 'doctor', 'references.json'),
): KnownReferences => schema.parse(JSON.parse(readFileSync(file, 'utf8')));
