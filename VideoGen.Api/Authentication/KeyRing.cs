using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace VideoGen.Api.Authentication;

/// <summary>The content of the key file: all keys, and the secret that signs media links.</summary>
internal sealed record KeyRing(byte[] LinkSecret, IReadOnlyList<ApiKey> Keys)
{
    private readonly Dictionary<string, ApiKey> _byId = Keys.OfType<ApiKey>().ToDictionary(key => key.Id, StringComparer.Ordinal);

    public static KeyRing New() => new(RandomNumberGenerator.GetBytes(32), []);

    /// <summary>
    /// Parses a key file. Throws <see cref="InvalidDataException"/> with a message for the operator if the file is invalid.
    /// </summary>
    public static KeyRing Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, KeyJson.Default.KeyRing) is { LinkSecret.Length: >= 32, Keys: { } keys } ring
                && keys.All(key => key is { IsWhole: true })
                ? ring
                : throw new InvalidDataException("The key file is incomplete.");
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            // The message must not quote what is in the file.
            throw new InvalidDataException("The key file is not valid JSON for a key file.", exception);
        }
    }

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, KeyJson.Default.KeyRing);

    /// <summary>Returns the key with this text, or null if it is unknown or expired. Takes the same time in all cases.</summary>
    public ApiKey? Identify(string text, DateTimeOffset now)
    {
        var (id, secret) = ApiKey.Read(text);
        var key = _byId.GetValueOrDefault(id, ApiKey.Unknown);
        return key.Fits(secret) & key.IsValidAt(now) & key != ApiKey.Unknown ? key : null;
    }

    public bool HasValid(string id, DateTimeOffset now) => _byId.TryGetValue(id, out var key) && key.IsValidAt(now);

    public KeyRing With(ApiKey key) => new(LinkSecret, [.. Keys, key]);

    public KeyRing Without(ApiKey key) => new(LinkSecret, [.. Keys.Where(other => other.Id != key.Id)]);

    public ApiKey? Find(string nameOrId) => Keys.FirstOrDefault(key => key.Name == nameOrId || key.Id == nameOrId);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(KeyRing))]
internal sealed partial class KeyJson : JsonSerializerContext;
