import { z } from 'zod';
import { exportFormats } from './import.ts';

export const exportAs = z.strictObject({ format: z.enum(exportFormats, 'must be moodle, gift, qti21, qti30 or csv') });
export type ExportAs = z.output<typeof exportAs>;
