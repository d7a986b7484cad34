import { type Levels, readers } from '@hub/shared/policy';
import type { Task } from './task.js';

/** A list has only the tasks of the caller’s own organisation. Only those who can act read them. */
export const taskPolicy: Levels<Task> = {
  tasks: {
    readers: 'co-ordinators and liaisons of the organisation that has the task',
    decide: (_task, { reader }) => readers.hasRole(reader, readers.staff),
  },
};

/** The list itself. It reveals nothing about a journey, so reading it is not recorded. */
export const taskListPolicy: Levels = {
  staff: {
    readers: 'co-ordinators and liaisons of every organisation, those of their own',
    decide: (_list, { reader }) => readers.hasRole(reader, readers.staff),
  },
};
