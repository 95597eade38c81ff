/** The `errors` object of a refusal: nested by field, `_errors` at the leaves. */
export interface FieldErrors {
  [field: string]: FieldErrors | { code: string; message: string }[];
}

/** A refusal in Discord's own shape: https://discord.com/developers/docs/reference#error-messages */
export class ApiError extends Error {
  override name = 'ApiError';
  readonly status: number;
  /** Discord's JSON error code; 0 for a general error. */
  readonly code: number;
  readonly errors: FieldErrors | undefined;

  constructor(status: number, code: number, message: string, errors?: FieldErrors) {
    super(message);
    this.status = status;
    this.code = code;
    this.errors = errors;
  }

  toJSON(): { message: string; code: number; errors?: FieldErrors } {
    return { message: this.message, code: this.code, ...(this.errors ? { errors: this.errors } : {}) };
  }
}

type Refusal = () => ApiError;

function refusal(status: number, code: number, message: string): Refusal {
  return () => new ApiError(status, code, message);
}

/** The refusals this Discord knows: https://discord.com/developers/docs/topics/opcodes-and-status-codes#json */
export const refusals = {
  unauthorized: refusal(401, 0, '401: Unauthorized'),
  notFound: refusal(404, 0, '404: Not Found'),
  methodNotAllowed: refusal(405, 0, '405: Method Not Allowed'),
  unknownChannel: refusal(404, 10003, 'Unknown Channel'),
  unknownGuild: refusal(404, 10004, 'Unknown Guild'),
  unknownMember: refusal(404, 10007, 'Unknown Member'),
  unknownMessage: refusal(404, 10008, 'Unknown Message'),
  unknownRole: refusal(404, 10011, 'Unknown Role'),
  unknownUser: refusal(404, 10013, 'Unknown User'),
  unknownWebhook: refusal(404, 10015, 'Unknown Webhook'),
  unknownInteraction: refusal(404, 10062, 'Unknown interaction'),
  unknownCommand: refusal(404, 10063, 'Unknown application command'),
  tooManyCommands: refusal(400, 30032, 'Maximum number of application commands reached (100)'),
  tooManyCreations: refusal(400, 30034, 'Max number of daily application command creates has been reached (200)'),
  tooLarge: refusal(413, 40005, 'Request entity too large'),
  alreadyCrossposted: refusal(400, 40033, 'This message has already been crossposted'),
  alreadyAnswered: refusal(400, 40060, 'Interaction has already been acknowledged.'),
  tagRequired: refusal(400, 40067, 'A tag is required to create a forum post in this channel'),
  tooManyFollowUps: refusal(
    400,
    40094,
    'This interaction has reached the maximum number of follow up messages that can be sent',
  ),
  missingAccess: refusal(403, 50001, 'Missing Access'),
  notOnDirectMessages: refusal(403, 50003, 'Cannot execute action on a DM channel'),
  notTheAuthor: refusal(403, 50005, 'Cannot edit a message authored by another user'),
  emptyMessage: refusal(400, 50006, 'Cannot send an empty message'),
  cannotMessageUser: refusal(403, 50007, 'Cannot send messages to this user'),
  noMutualServer: refusal(403, 50278, 'Cannot send messages to this user due to having no mutual guilds'),
  notATextChannel: refusal(400, 50008, 'Cannot send messages in a non-text channel'),
  missingPermissions: refusal(403, 50013, 'Missing Permissions'),
  wrongChannelType: refusal(400, 50024, 'Cannot execute action on this channel type'),
  tokenExpired: refusal(401, 50027, 'Invalid Webhook Token'),
  archivedThread: refusal(400, 50083, 'Thread is archived'),
  threadExists: refusal(400, 160004, 'A thread has already been created for this message'),
  invalidRecipient: refusal(400, 50033, 'Invalid Recipient(s)'),
  invalidJson: refusal(400, 50109, 'The request body contains invalid JSON.'),
} satisfies Record<string, Refusal>;
