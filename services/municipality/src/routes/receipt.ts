import { z } from 'zod';

/** What the counter has once an act is done. */
export const Receipt = z.object({
  actId: z.string(),
  residentRecordCodes: z.array(z.string()),
  deadline: z.string().nullable(),
  late: z.boolean(),
  noticeSheets: z.array(z.object({ residentRecordCode: z.string(), text: z.string() })),
  certificates: z.array(z.object({ number: z.string(), payload: z.string(), paper: z.string() })),
});
