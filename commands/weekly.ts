import { summaryCommand } from './summaries/command.ts';

export const weekly = summaryCommand('weekly');
