import type { AlertKind } from './nodes.ts';

/** The words that a reader shows above an alert. */
export const alertTitle: Readonly<Record<AlertKind, string>> = {
  NOTE: 'Note',
  TIP: 'Tip',
  IMPORTANT: 'Important',
  WARNING: 'Warning',
  CAUTION: 'Caution',
};
