using System.Text.Json;
using ModelContextProtocol.Protocol;

namespace VideoGen.Api.Mcp;

/// <summary>A tool: what agents read about it, and what a call does.</summary>
internal abstract class VideoTool
{
    public abstract Tool Description { get; }

    /// <summary>What the audit calls it; null for a tool that changes nothing.</summary>
    public virtual string? Act => null;

    /// <summary>Whether the memory that was admitted for a large message is needed until the call has ended.</summary>
    public virtual bool TakesPicture => false;

    public abstract Task<ToolAnswer> RunAsync(ToolCall call, CancellationToken cancellationToken);

    protected static JsonElement Schema(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
