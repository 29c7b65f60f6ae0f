using System.Security.Cryptography;

namespace VideoGen.FakeVideos.Rendering;

/// <summary>The uploaded pictures, once each: the newest 1,000 different ones. A job whose picture is gone fails.</summary>
internal sealed class PictureFiles(DirectoryInfo folder)
{
    private const int Capacity = 1_000;

    private readonly Lock _gate = new();
    private readonly HashSet<string> _known = [];
    private readonly Queue<string> _age = [];

    /// <summary>Keeps a picture, and answers its SHA-256 in lower-case hex.</summary>
    public string Keep(byte[] picture)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(picture));
        lock (_gate)
        {
            if (_known.Add(hash))
            {
                File.WriteAllBytes(PathOf(hash), picture);
                _age.Enqueue(hash);
                if (_age.Count > Capacity)
                {
                    var oldest = _age.Dequeue();
                    _known.Remove(oldest);
                    File.Delete(PathOf(oldest));
                }
            }
        }

        return hash;
    }

    public string PathOf(string hash) => Path.Combine(folder.FullName, hash);

    /// <summary>Whether the bytes begin like a picture that models take: JPEG, PNG or WebP.</summary>
    public static bool IsPicture(ReadOnlySpan<byte> bytes) => bytes is [0xFF, 0xD8, 0xFF, ..]
        or [0x89, (byte)'P', (byte)'N', (byte)'G', ..]
        or [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..];
}
