import { writeFileSync } from 'node:fs';
import { packageFile } from '../system/package-file.js';
import { describeCatalogue } from './describe-catalogue.js';

writeFileSync(packageFile(import.meta.url, 'errors/codes.md'), describeCatalogue());
