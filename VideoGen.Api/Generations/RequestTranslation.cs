using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using VideoGen.Api.Http;

namespace VideoGen.Api.Generations;

/// <summary>Writes the fields of a dialect as a request of the native API, which is then read and checked as such.</summary>
internal sealed class RequestTranslation : IDisposable
{
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly Utf8JsonWriter _json;
    private readonly IReadOnlyDictionary<string, JsonElement> _fields;

    public RequestTranslation(IReadOnlyDictionary<string, JsonElement> fields)
    {
        _fields = fields;
        _json = new Utf8JsonWriter(_buffer);
        _json.WriteStartObject();
    }

    public void Set(string name, string? value) => _json.WriteString(name, value);

    public void Set(string name, bool value) => _json.WriteBoolean(name, value);

    /// <summary>Copies a field under its native name; false if it is missing.</summary>
    public bool Copy(string from, string to)
    {
        if (!_fields.TryGetValue(from, out var value) || value.ValueKind is JsonValueKind.Null)
        {
            return false;
        }

        // As it came: a string may contain an unpaired surrogate, which only the reader of the field can refuse.
        _json.WritePropertyName(to);
        _json.WriteRawValue(JsonMarshal.GetRawUtf8Value(value), skipInputValidation: true);
        return true;
    }

    public GenerateVideoRequest Read(FieldErrors errors)
    {
        _json.WriteEndObject();
        _json.Flush();
        using var document = JsonDocument.Parse(_buffer.WrittenMemory);
        return GenerateVideoRequest.Read(document.RootElement, errors);
    }

    public void Dispose() => _json.Dispose();
}
