import { Shelter } from './entities/shelter.entity.js';
import { CreateShelters1796000000000 } from './migrations/1796000000000-create-shelters.js';

export const entities = [Shelter];

export const migrations = [CreateShelters1796000000000];
