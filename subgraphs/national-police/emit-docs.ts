import { emitReference } from '@hub/shared/partner';
import { definition } from './partner.js';

await emitReference(import.meta.url, definition);
