import { AddChanges1764000007000 } from './add-changes.migration.js';
import { CreateCompactDisclosures1764000004000 } from './create-compact-disclosures.migration.js';
import { CreateDisclosures1764000001000 } from './create-disclosures.migration.js';
import { IndexReaders1796021800000 } from './index-readers.migration.js';

/** The migrations of the record of disclosures, in order. */
export const disclosureMigrations = [
  CreateDisclosures1764000001000,
  CreateCompactDisclosures1764000004000,
  AddChanges1764000007000,
  IndexReaders1796021800000,
];
