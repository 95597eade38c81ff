import {
  type APIModalInteractionResponseCallbackData,
  type APITextInputComponent,
  ComponentType,
  TextInputStyle,
} from 'discord.js';
import { label } from '../text.ts';

/** https://discord.com/developers/docs/components/reference, in characters. */
const TITLE = 45;
const LABEL = 45;
const HINT = 100;
const PLACEHOLDER = 100;

/** A field of a form. */
export interface ModalField {
  /** By which `PressRequest.fields` gives what was typed. */
  id: string;
  label: string;
  /** A line of small print below the label. */
  hint?: string;
  value?: string;
  placeholder?: string;
  /** In characters. */
  max: number;
  /** Several lines high. Default: one. */
  isLong?: boolean;
  /** Default: it must be filled. */
  optional?: boolean;
}

/** A form of one to five fields; `id` comes from `customId`. */
export function modal(id: string, title: string, fields: ModalField[]): APIModalInteractionResponseCallbackData {
  return {
    custom_id: id,
    title: label(title, TITLE) || 'Form',
    components: fields.map((field) => ({
      type: ComponentType.Label,
      label: label(field.label, LABEL),
      ...(field.hint ? { description: label(field.hint, HINT) } : {}),
      component: input(field),
    })),
  };
}

function input({ id, value, placeholder, max, isLong, optional }: ModalField): APITextInputComponent {
  return {
    type: ComponentType.TextInput,
    custom_id: id,
    style: isLong ? TextInputStyle.Paragraph : TextInputStyle.Short,
    max_length: max,
    required: !optional,
    ...(value ? { value: value.slice(0, max) } : {}),
    ...(placeholder ? { placeholder: label(placeholder, PLACEHOLDER) } : {}),
  };
}
