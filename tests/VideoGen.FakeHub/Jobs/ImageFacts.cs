using System.Security.Cryptography;

namespace VideoGen.FakeHub.Jobs;

/// <summary>
/// What is kept of a picture: its size and SHA-256 (lower-case hex), the type that was declared and the type that it has
/// (null when it is no picture); or only the address, when one was given instead.
/// </summary>
public sealed record ImageFacts(int Bytes, string? Sha256, string? DeclaredType, string? Type, string? Url = null)
{
    /// <summary>Whether a model could work with it; addresses are believed.</summary>
    public bool IsUsable => Url is not null || Type is not null;

    /// <summary>Reads an https address, a data URI (<c>data:image/png;base64,iVBO…</c>) or bare base64.</summary>
    public static ImageFacts? Read(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        if (text.StartsWith("https://", StringComparison.Ordinal))
        {
            return new(0, null, null, null, text);
        }

        var comma = text.StartsWith("data:", StringComparison.Ordinal) ? text.IndexOf(',', StringComparison.Ordinal) : -1;
        var declared = comma > 0 ? text["data:".Length..comma].Split(';')[0] : null;
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text[(comma + 1)..], bytes, out var length)
            ? Of(bytes.AsSpan(0, length), declared)
            : new(0, null, declared, null);
    }

    /// <summary>Measures a picture.</summary>
    public static ImageFacts Of(ReadOnlySpan<byte> bytes, string? declaredType) =>
        new(bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes)), declaredType, TypeOf(bytes));

    private static string? TypeOf(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xFF, 0xD8, 0xFF, ..] => "image/jpeg",
        [0x89, (byte)'P', (byte)'N', (byte)'G', ..] => "image/png",
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => "image/webp",
        _ => null,
    };
}
