import { z } from 'zod';
import { line } from '#src/core/items/input.ts';

/** An address that mails go to. */
export const mailAddress = z.strictObject({ address: line(254).toLowerCase() });
