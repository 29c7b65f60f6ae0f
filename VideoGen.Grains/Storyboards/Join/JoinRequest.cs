using System.Collections.Immutable;
using System.Text.Json.Serialization;
using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Grains.Storyboards.Join;

/// <summary>
/// What is joined: the finished shots of a storyboard, in order. <paramref name="Number"/> counts the joins of one storyboard
/// from 1; <paramref name="Frame"/> is the size of the result in pixels, and <paramref name="IsSilent"/> says that it has no
/// sound.
/// </summary>
[GenerateSerializer, Immutable, Alias("videogen.join-request")]
internal sealed record JoinRequest(
    string Id, string Owner, int Number, ImmutableArray<JoinShot> Shots, FrameSize Frame, bool IsSilent);

/// <summary>
/// One finished shot: the media name of its video and its title. <paramref name="FadeFrames"/> is the length of the cross-fade
/// from the previous shot into this one, 0 for a cut. <paramref name="DropsFirstFrame"/> is set where it started from the last
/// frame of the previous shot, which would be shown twice otherwise. The first shot has neither.
/// </summary>
[GenerateSerializer, Immutable, Alias("videogen.join-shot")]
internal sealed record JoinShot(string Video, string Title, bool DropsFirstFrame, int FadeFrames)
{
    /// <summary>The first frame of its video that is shown, counted from 0.</summary>
    [JsonIgnore]
    public int FirstFrame => DropsFirstFrame ? 1 : 0;
}
