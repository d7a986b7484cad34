import { emitSchema } from '@hub/shared/partner';
import { definition } from './partner.js';

await emitSchema(import.meta.url, definition);
