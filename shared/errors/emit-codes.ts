import { writeFileSync } from 'node:fs';
import { packageFile } from '../seed/index.js';
import { describeCatalogue } from './describe-catalogue.js';

writeFileSync(packageFile(import.meta.url, 'errors/codes.md'), describeCatalogue());
