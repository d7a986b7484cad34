import { writeFileSync } from 'node:fs';
import { createVectors } from './vectors.js';

const file = new URL('../../../identity/vectors.json', import.meta.url);
writeFileSync(file, `${JSON.stringify(await createVectors(), null, 2)}\n`);
