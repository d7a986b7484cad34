import { Document } from 'yaml';
import type { Manifest } from './manifest.js';

/** Kubernetes reads YAML 1.1, for which Norway’s code is false without quotes. */
const form = { version: '1.1', aliasDuplicateObjects: false } as const;

/** The objects as the documents of one YAML text. */
export const printManifests = (objects: readonly Manifest[]): string =>
  objects
    .map((object) => new Document(object, form).toString({ lineWidth: 0 }))
    .join('---\n')
    .trimEnd();
