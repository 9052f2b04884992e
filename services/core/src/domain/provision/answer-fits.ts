import { fieldsIn } from './answer-inquiry.js';
import type { Inquiry, ProvisionAnswer } from './inquiry.js';

/** Whether another office's answer is one to the question: no field in it that was not asked for (MIN). */
export function answerFits(answer: ProvisionAnswer, { fields }: Inquiry): boolean {
  if (!('provided' in answer)) return true;
  const told = fieldsIn(answer.provided);
  return (answer.outcome === 'PROVIDED') === told.length > 0 && told.every((field) => fields.includes(field));
}
