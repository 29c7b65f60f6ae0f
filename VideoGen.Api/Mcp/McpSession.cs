using System.Text.Json;

namespace VideoGen.Api.Mcp;

/// <summary>
/// The session of a message, in revisions of the protocol that have sessions (before 2026-07-28). It is only a name, within which
/// a client uses each id of a request once, so it needs no memory: it lives on every node, and longer than a process.
/// </summary>
internal sealed record McpSession(string Id)
{
    private const string Header = "Mcp-Session-Id";
    private const string ExposeHeaders = "Access-Control-Expose-Headers";

    /// <summary>The longest name that is taken from a client.</summary>
    private const int MaxLength = 128;

    /// <summary>
    /// Takes the session from the request, whose header the protocol's server would refuse. A message that initializes gets a new
    /// one.
    /// </summary>
    public static void Begin(HttpContext context, ReadOnlySpan<byte> message)
    {
        var given = context.Request.Headers[Header].ToString();
        context.Request.Headers.Remove(Header);
        if (given.Length is > 0 and <= MaxLength)
        {
            context.Features.Set(new McpSession(given));
        }
        else if (IsInitialize(message))
        {
            context.Response.Headers[Header] = Guid.NewGuid().ToString();
            context.Response.OnStarting(() =>
            {
                if (context.Response.Headers.ContainsKey(ExposeHeaders))
                {
                    context.Response.Headers.AppendCommaSeparatedValues(ExposeHeaders, Header);
                }

                return Task.CompletedTask;
            });
        }
    }

    public static bool IsInitialize(ReadOnlySpan<byte> message)
    {
        var reader = new Utf8JsonReader(message);
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is not JsonTokenType.PropertyName || reader.CurrentDepth != 1)
                {
                    continue;
                }

                var isMethod = reader.ValueTextEquals("method"u8);
                reader.Read();
                if (isMethod)
                {
                    return reader.TokenType is JsonTokenType.String && reader.ValueTextEquals("initialize"u8);
                }

                reader.Skip();
            }
        }
        catch (JsonException)
        {
            // The protocol's server says so.
        }

        return false;
    }
}
